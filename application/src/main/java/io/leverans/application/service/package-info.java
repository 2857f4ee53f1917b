/**
 * How the use cases are done: a package for each thing that they are about, and no circle among
 * them.
 */
@NullMarked
package io.leverans.application.service;

import org.jspecify.annotations.NullMarked;

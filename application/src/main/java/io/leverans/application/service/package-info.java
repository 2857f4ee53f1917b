/** How the use cases are done. */
@NullMarked
package io.leverans.application.service;

import org.jspecify.annotations.NullMarked;

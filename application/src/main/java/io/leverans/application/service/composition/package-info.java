/**
 * How a message becomes what is stored of it: its bytes, and the dispatches that it is cut into.
 */
@NullMarked
package io.leverans.application.service.composition;

import org.jspecify.annotations.NullMarked;

/** What the service can do: one use case each. */
@NullMarked
package io.leverans.application.port.in;

import org.jspecify.annotations.NullMarked;

/** What a kind of channel plugs in. */
@NullMarked
package io.leverans.application.port.provider;

import org.jspecify.annotations.NullMarked;

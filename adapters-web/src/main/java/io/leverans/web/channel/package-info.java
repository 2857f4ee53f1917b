/** The channels there are and the kinds they are of. */
@NullMarked
package io.leverans.web.channel;

import org.jspecify.annotations.NullMarked;

/** The feed of what happened. */
@NullMarked
package io.leverans.web.event;

import org.jspecify.annotations.NullMarked;

/** The events of a team, in the order in which they are told. */
@NullMarked
package io.leverans.application.service.feed;

import org.jspecify.annotations.NullMarked;

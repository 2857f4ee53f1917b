/** The domains of teams whose names mail is signed in, and what DNS has to say for it. */
@NullMarked
package io.leverans.domain.senderdomain;

import org.jspecify.annotations.NullMarked;

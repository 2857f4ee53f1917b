/** Who owns everything: teams and their members. */
@NullMarked
package io.leverans.domain.team;

import org.jspecify.annotations.NullMarked;

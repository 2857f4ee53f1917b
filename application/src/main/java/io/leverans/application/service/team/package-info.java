/** Teams, their members and their keys, as the operator administers them. */
@NullMarked
package io.leverans.application.service.team;

import org.jspecify.annotations.NullMarked;

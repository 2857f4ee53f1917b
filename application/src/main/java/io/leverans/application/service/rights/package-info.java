/** Who of a team may see what, and do what. */
@NullMarked
package io.leverans.application.service.rights;

import org.jspecify.annotations.NullMarked;

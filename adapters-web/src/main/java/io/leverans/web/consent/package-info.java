/** How the owner of an account gives access: asked for by the API, given on pages. */
@NullMarked
package io.leverans.web.consent;

import org.jspecify.annotations.NullMarked;

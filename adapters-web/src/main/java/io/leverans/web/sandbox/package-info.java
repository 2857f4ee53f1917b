/** What the recipients in the sandbox got. */
@NullMarked
package io.leverans.web.sandbox;

import org.jspecify.annotations.NullMarked;

/** The few pages that people see, without a script. */
@NullMarked
package io.leverans.web.html;

import org.jspecify.annotations.NullMarked;

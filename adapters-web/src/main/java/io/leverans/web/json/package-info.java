/** How answers are written as JSON. */
@NullMarked
package io.leverans.web.json;

import org.jspecify.annotations.NullMarked;

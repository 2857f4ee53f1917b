/** What the operator has to know of the platform. */
@NullMarked
package io.leverans.web.platform;

import org.jspecify.annotations.NullMarked;

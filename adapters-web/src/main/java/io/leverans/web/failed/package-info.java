/** What failed and bounced: grouped, and tried again. */
@NullMarked
package io.leverans.web.failed;

import org.jspecify.annotations.NullMarked;

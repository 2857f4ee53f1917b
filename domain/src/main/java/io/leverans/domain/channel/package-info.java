/** The connections through which mail leaves, and what each of them can do. */
@NullMarked
package io.leverans.domain.channel;

import org.jspecify.annotations.NullMarked;

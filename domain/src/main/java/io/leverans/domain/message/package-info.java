/** What a person wrote, to whom, and the folder it lies in. */
@NullMarked
package io.leverans.domain.message;

import org.jspecify.annotations.NullMarked;

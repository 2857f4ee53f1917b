/** Seals the secrets of channels with Google Tink, under keys that the operator's keyset guards. */
@NullMarked
package io.leverans.secrets;

import org.jspecify.annotations.NullMarked;

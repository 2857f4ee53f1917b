/**
 * Access to accounts whose owners consent to it on a page of the provider's (RFC 6749, RFC 7636).
 */
@NullMarked
package io.leverans.mail.oauth;

import org.jspecify.annotations.NullMarked;

/** What there is of one person: handed out, or erased. */
@NullMarked
package io.leverans.application.service.erasure;

import org.jspecify.annotations.NullMarked;

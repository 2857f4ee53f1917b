/** Messages: how they are taken, listed and told about. */
@NullMarked
package io.leverans.web.message;

import org.jspecify.annotations.NullMarked;

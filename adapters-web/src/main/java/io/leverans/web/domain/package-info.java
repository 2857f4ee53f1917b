/** Sender domains over HTTP. */
@NullMarked
package io.leverans.web.domain;

import org.jspecify.annotations.NullMarked;

/** The HTTP API, tried over HTTP. */
@NullMarked
package io.leverans.web;

import org.jspecify.annotations.NullMarked;

/** The HTTP server: what is served where, by whom it may be asked, and how it starts and stops. */
@NullMarked
package io.leverans.web;

import org.jspecify.annotations.NullMarked;

/** What is to be seen of the world in the sandbox. */
@NullMarked
package io.leverans.web.sandbox;

import org.jspecify.annotations.NullMarked;

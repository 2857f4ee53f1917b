/** What a team has of one recipient: handed out, and erased. */
@NullMarked
package io.leverans.web.person;

import org.jspecify.annotations.NullMarked;

/** What is shown of messages, deliveries, events and reports. */
@NullMarked
package io.leverans.application.view;

import org.jspecify.annotations.NullMarked;

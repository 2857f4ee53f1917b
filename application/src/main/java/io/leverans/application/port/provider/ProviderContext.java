package io.leverans.application.port.provider;

import java.time.InstantSource;

/**
 * What the deployment gives a provider.
 *
 * @param platformDomain the platform's own domain, in lower case
 * @param settings the deployment's settings for this kind
 * @param keys the platform's own keys
 * @param clock the time of day, for what travels in messages
 * @param nodes with which it shares what servers and channels grant
 */
public record ProviderContext(
    String platformDomain,
    ProviderSettings settings,
    PlatformKeys keys,
    InstantSource clock,
    SendingNodes nodes) {}

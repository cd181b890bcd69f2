/**
 * What an operator watches: the dashboards, which are written here and lie in {@code
 * deploy/grafana}, and the rules of Prometheus.
 */
@NullMarked
package io.voxtag.standalone.monitoring;

import org.jspecify.annotations.NullMarked;

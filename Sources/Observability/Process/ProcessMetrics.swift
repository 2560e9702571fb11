package import CoreMetrics
import Synchronization

/// What is counted in this process: the counters behind swift-metrics that have a name of ours.
///
/// Counters only: what goes up and down is derived from the catalog, so that a restart does not change it. A name that is
/// not of ours, as libraries have them, counts nothing; no metric has more than 200 series.
package final class ProcessMetrics: MetricsFactory {
    /// The most series of one metric; what is beyond is not counted.
    private static let mostSeries = 200

    private struct Series: Hashable {
        var name: MetricName
        var labels: [MetricSample.Label]
    }

    private let counts = Mutex<[Series: Double]>([:])

    /// Creates counters that have counted nothing.
    package init() {}

    /// The counters as they are now.
    package var families: [MetricFamily] {
        let counts = self.counts.withLock(\.self)
        return Dictionary(grouping: counts, by: \.key.name).map { name, series in
            MetricFamily(name, series.map { MetricSample($0.value, $0.key.labels) })
        }
    }

    fileprivate func add(_ amount: Double, to name: MetricName, _ labels: [MetricSample.Label]) {
        let series = Series(name: name, labels: labels)
        self.counts.withLock { counts in
            guard counts[series] != nil || counts.keys.count(where: { $0.name == name }) < Self.mostSeries else {
                return
            }
            counts[series, default: 0] += amount
        }
    }

    fileprivate func reset(_ name: MetricName, _ labels: [MetricSample.Label]) {
        self.counts.withLock { $0[Series(name: name, labels: labels)] = 0 }
    }

    private func handler(_ label: String, _ dimensions: [(String, String)]) -> Count? {
        guard let name = MetricName(rawValue: label), name.kind == .counter else { return nil }
        let count = Count(metrics: self, name: name, labels: dimensions.map { MetricSample.Label($0.0, $0.1) })
        // A counter that has not counted yet is 0, not absent: an alert rule sees its first step.
        self.add(0, to: name, count.labels)
        return count
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        self.handler(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        self.handler(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        NOOPMetricsHandler.instance
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        NOOPMetricsHandler.instance
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private final class Count: CounterHandler, FloatingPointCounterHandler {
        let metrics: ProcessMetrics
        let name: MetricName
        let labels: [MetricSample.Label]

        init(metrics: ProcessMetrics, name: MetricName, labels: [MetricSample.Label]) {
            self.metrics = metrics
            self.name = name
            self.labels = labels
        }

        func increment(by amount: Int64) { self.metrics.add(Double(amount), to: self.name, self.labels) }

        func increment(by amount: Double) {
            guard amount.isFinite, amount >= 0 else { return }
            self.metrics.add(amount, to: self.name, self.labels)
        }

        func reset() { self.metrics.reset(self.name, self.labels) }
    }
}

import BackupDomain
import Foundation
import Testing

@Suite("This machine's clock beside a service's")
struct ClockComparisonTests {
    static let noon = Date(timeIntervalSince1970: 1_795_521_600)

    /// Asked and answered as seconds of this machine from the service's noon, and how far ahead the machine is at least.
    @Test(arguments: [
        (0.0, 0.0, 0.0), (-1, 1, 0), (400, 400, 400), (-400, -400, -400),
        // The answer was long under way: the service made it at some time between.
        (-1, 400, 0), (-400, 1, 0), (301, 900, 301), (-900, -301, -301),
        // The clock was set back, or forward, while the call was under way.
        (400, -1, 0), (900, 301, 301),
    ])
    func `counts what lies outside the call and its answer`(_ asked: Double, _ answered: Double, _ ahead: Double) {
        let clock = ClockComparison(
            service: Self.noon,
            asked: Self.noon + asked,
            answered: Self.noon + answered
        )
        #expect(clock?.ahead == ahead)
    }

    @Test func `tells nothing where the answer told no time`() {
        #expect(ClockComparison(service: nil, asked: Self.noon, answered: Self.noon) == nil)
    }
}

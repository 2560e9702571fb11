import Testing

@testable import Commands

@Suite("Looks at how the backups stand")
struct IncidentServiceTests {
    @Test(arguments: [
        (Duration.milliseconds(200), Duration.seconds(15)), (.seconds(3), .seconds(15)), (.seconds(10), .seconds(50)),
        (.seconds(60), .seconds(120)),
    ])
    func `follow each other the slower the longer they take, and keep nobody waiting`(
        _ look: Duration,
        _ wait: Duration
    ) {
        #expect(IncidentService.settling(after: look) == wait)
    }
}

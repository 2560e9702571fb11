import Testing

@testable import Provisioning

@Suite("The command line of the deployed job")
struct JobCommandTests {
    @Test(arguments: [
        (
            ["run", "id", "--due", "--cron", "0 1 * * *", "--time-zone", "UTC", "--format", "json"],
            ["run", "id", "--format", "json"]
        ),
        (["run", "--all", "--due"], ["run", "--all"]), (["run", "id"], ["run", "id"]),
    ])
    func `makes a backup at once without what belongs to the schedule`(_ given: [String], _ wanted: [String]) {
        #expect(JobCommand.now(given) == wanted)
    }
}

import AzureClient
import BackupDomain
import BackupEngine
import Foundation
import Scheduling
import Synchronization

/// Measures how long after their times many schedules are handed to the engine, for `scripts/measure-schedules`.
///
/// Takes the number of schedules, the delay that spreads them in seconds (0 for all at once) and the number of minutes. All of
/// them name each full minute. Prints one line of JSON: the latenesses' percentiles in milliseconds.
@main
enum ScheduleLoad {
    /// An engine whose work is done at once.
    struct Idle: LaneWorker {
        func work(on instance: InstanceKey) async {}
        func look(at instance: InstanceKey) async {}
    }

    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard numbers.count == 3, numbers[0] > 0, (0..<60).contains(numbers[1]), numbers[2] > 0 else {
            print("usage: schedule-load SCHEDULES JITTER-SECONDS MINUTES")
            exit(64)
        }
        let late = try await Self.latenesses(of: numbers[0], jitter: numbers[1], minutes: numbers[2]).sorted()
        func percentile(_ share: Double) -> Double {
            let index = min(late.count - 1, Int(Double(late.count) * share))
            return (late[index] * 10).rounded() / 10
        }
        print(
            "{\"schedules\":\(numbers[0]),\"handed\":\(late.count),\"p50\":\(percentile(0.5)),\"p99\":\(percentile(0.99)),"
                + "\"max\":\(percentile(1))}"
        )
    }

    /// Runs the scheduler and the lanes by the real clock.
    private static func latenesses(of count: Int, jitter: Int, minutes: Int) async throws -> [Double] {
        let clock = SystemClock()
        let schedule = Schedule(timing: .every(seconds: 60), jitter: .seconds(Int64(jitter)))
        let times = (0..<count).compactMap { number -> (InstanceKey, DueTimes)? in
            ResourceID("/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim-\(number)").map
            { id in
                (InstanceKey(id), DueTimes(schedule, zone: .utc, instance: id))
            }
        }
        let late = Mutex<[Double]>([])
        let lanes = BackupLanes()
        let began = clock.now
        let scheduler = SchedulerService(clock: clock) { due in
            lanes.call(due.map(\.instance))
            let now = clock.now
            // The first look hands all over, whatever their times.
            late.withLock { late in late += due.filter { $0.at > began + 1 }.map { now.timeIntervalSince($0.at) * 1000 }
            }
        }
        scheduler.replace(with: Dictionary(uniqueKeysWithValues: times))
        let end = began + Double(60 * minutes + 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await scheduler.run() }
            group.addTask { await lanes.run(Idle()) }
            try await clock.sleep(for: .seconds(end.timeIntervalSince(clock.now)))
            group.cancelAll()
        }
        return late.withLock(\.self)
    }
}

import BackupDomain
import BackupEngine
import Synchronization
import TestSupport
import Testing

@Suite("Lanes at work", .timeLimit(.minutes(1)))
struct BackupLanesTests {
    /// Notes how many work at once, and on what.
    final class Worker: LaneWorker {
        private let state = Mutex((now: 0, most: 0, worked: [InstanceKey](), looked: [InstanceKey]()))
        private let lanes: BackupLanes
        private let enough: Int

        init(_ lanes: BackupLanes, enough: Int) {
            self.lanes = lanes
            self.enough = enough
        }

        var most: Int { self.state.withLock(\.most) }
        var worked: [InstanceKey] { self.state.withLock(\.worked) }
        var looked: [InstanceKey] { self.state.withLock(\.looked) }

        func work(on instance: InstanceKey) async {
            self.state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            await Task.yield()
            let isEnough = self.state.withLock { state in
                state.now -= 1
                state.worked.append(instance)
                return state.worked.count == self.enough
            }
            if isEnough { self.lanes.finish() }
        }

        func look(at instance: InstanceKey) async { self.state.withLock { $0.looked.append(instance) } }
    }

    static func keys(_ count: Int) -> [InstanceKey] { (0..<count).map { InstanceKey(.sample(named: "apim-\($0)")) } }

    @Test func `take any number at once, and work on all of them within their width`() async {
        let lanes = BackupLanes(width: 8)
        let worker = Worker(lanes, enough: 1000)
        lanes.call(Self.keys(1000))
        #expect(lanes.working == 8)
        #expect(lanes.waiting == 992)
        await lanes.run(worker)
        #expect(Set(worker.worked).count == 1000)
        #expect(worker.most <= 8)
        #expect(lanes.working == 0)
    }

    @Test func `end what was begun when no more is to be done`() async {
        let lanes = BackupLanes(width: 2)
        let worker = Worker(lanes, enough: .max)
        lanes.call(Self.keys(2))
        lanes.finish()
        lanes.call(Self.keys(9))
        await lanes.run(worker)
        #expect(worker.worked.count == 2)
    }
}

import BackupDomain
import BackupEngine
import FieldTest
import Synchronization

/// Looks at the instance and the blob from when Azure has accepted until the run has ended.
final class OperationObserver: RunObserver {
    private let watch: OperationWatch
    private let accepted = Mutex<RunRecord?>(nil)
    private let isAccepted = StopSignal()

    /// Creates an observer.
    ///
    /// - Parameter watch: What looks.
    init(_ watch: OperationWatch) { self.watch = watch }

    func notice(_ notice: RunNotice) async {
        guard case .changed(let record) = notice, record.state == .accepted else { return }
        self.accepted.withLock { $0 = record }
        self.isAccepted.raise()
    }

    func run() async {
        await self.isAccepted.wait()
        guard let record = self.accepted.withLock(\.self) else { return }
        // It ends by being cancelled, at the end of the run.
        try? await self.watch.run(record)
    }
}

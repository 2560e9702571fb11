import BackupEngine

/// Several that are told of the same run.
struct RunObservers: RunObserver {
    /// Who is told, in this order.
    private let observers: [any RunObserver]

    /// Creates a group.
    ///
    /// - Parameter observers: Who is told, in this order.
    init(_ observers: [any RunObserver]) { self.observers = observers }

    func notice(_ notice: RunNotice) async {
        for observer in self.observers { await observer.notice(notice) }
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            for observer in self.observers { group.addTask { await observer.run() } }
        }
    }
}

/// Which instances are worked on, and which wait for their turn: each has a lane of its own, and only so many are busy at once.
///
/// An instance that is called while it is worked on is worked on once more afterwards. Where a run of it has begun, somebody
/// looks at it at once besides, so that what comes due meanwhile is decided in time.
struct LaneBook<Key: Hashable & Sendable>: Sendable {
    /// What is to be done now.
    enum Job: Sendable, Hashable {
        /// Work on the instance until nothing of it is due.
        case work(Key)
        /// Decide what is due while a run of it is under way.
        case look(Key)
    }

    private enum Phase { case waits, works, runs }

    private struct Lane {
        var phase = Phase.waits
        var isCalledAgain = false
    }

    /// How many instances are worked on at once.
    let width: Int
    /// How many are looked at at once.
    let looks: Int
    private var lanes: [Key: Lane] = [:]
    private var waiting = JobQueue<Key>()
    private var waitingLooks = JobQueue<Key>()
    private(set) var working = 0
    private var looking = 0

    init(width: Int, looks: Int) {
        self.width = width
        self.looks = looks
    }

    /// How many instances wait for their turn.
    var waitingCount: Int { self.waiting.count }

    /// Calls instances.
    ///
    /// - Parameter keys: The instances, in the order in which they get their turn.
    /// - Returns: What is to be done now.
    mutating func call(_ keys: some Sequence<Key>) -> [Job] {
        for key in keys {
            switch self.lanes[key]?.phase {
            case nil:
                self.lanes[key] = Lane()
                self.waiting.append(key)
            case .waits: break
            case .works: self.lanes[key]?.isCalledAgain = true
            case .runs:
                self.lanes[key]?.isCalledAgain = true
                self.waitingLooks.append(key)
            }
        }
        return self.start()
    }

    /// Notes that a run of an instance begins.
    ///
    /// - Parameter key: The instance, which is being worked on.
    /// - Returns: What is to be done now.
    mutating func begin(_ key: Key) -> [Job] {
        guard self.lanes[key]?.phase == .works else { return [] }
        self.lanes[key]?.phase = .runs
        if self.lanes[key]?.isCalledAgain == true { self.waitingLooks.append(key) }
        return self.start()
    }

    /// Notes that a job has ended.
    ///
    /// - Parameter job: The job.
    /// - Returns: What is to be done now.
    mutating func end(_ job: Job) -> [Job] {
        switch job {
        case .look: self.looking -= 1
        case .work(let key):
            self.working -= 1
            let isCalledAgain = self.lanes.removeValue(forKey: key)?.isCalledAgain == true
            if isCalledAgain { return self.call([key]) }
        }
        return self.start()
    }

    private mutating func start() -> [Job] {
        var jobs: [Job] = []
        while self.looking < self.looks, let key = self.waitingLooks.popFirst() {
            self.looking += 1
            jobs.append(.look(key))
        }
        while self.working < self.width, let key = self.waiting.popFirst() {
            self.working += 1
            self.lanes[key]?.phase = .works
            jobs.append(.work(key))
        }
        return jobs
    }
}

/// A queue that gives out what came first, each element once.
private struct JobQueue<Element: Hashable & Sendable>: Sendable {
    private var elements: [Element] = []
    private var first = 0
    private var members: Set<Element> = []

    var count: Int { self.members.count }

    mutating func append(_ element: Element) {
        if self.members.insert(element).inserted { self.elements.append(element) }
    }

    mutating func popFirst() -> Element? {
        guard self.first < self.elements.count else { return nil }
        let element = self.elements[self.first]
        self.first += 1
        self.members.remove(element)
        if self.first == self.elements.count {
            self.elements = []
            self.first = 0
        }
        return element
    }
}

/// When a process dies.
struct CrashPlan: Sendable, Hashable {
    /// Where in a step it dies.
    enum Moment: Int, Sendable {
        /// Nothing of the step has left the machine, or only a part that Azure does not take.
        case before
        /// Azure has done the step; the answer has not come.
        case after
    }

    /// The number of the step, from 1; nil where time decides.
    var step: Int?
    /// Where in the step.
    var moment = Moment.before
    /// After how many milliseconds; nil where a step decides.
    var milliseconds: Int64?
}

import EmulatorRuntime
import HTTPTypes

/// One rule of a faults file: which calls, and what happens to them.
package struct FaultRule: Sendable, Equatable {
    /// The part of Azure, or nil for any.
    var host: HostKind?
    /// The method, or nil for any.
    var method: String?
    /// The path's pattern, in which `*` stands for any text; nil for any.
    ///
    /// Case does not matter.
    var path: String?
    /// How many matching calls are left alone first.
    var skip = 0
    /// How many matching calls are hit then; nil for all that follow.
    var times: Int? = 1
    /// Of the calls that would be hit, only the first of each so many is; 1 hits them all.
    var every = 1
    /// What happens to them.
    var effect = FaultEffect()

    func matches(_ request: EmulatedRequest, host: HostKind) -> Bool {
        (self.host.map { $0 == host } ?? true)
            && (self.method.map { $0.uppercased() == request.method.rawValue } ?? true)
            && (self.path.map { ActionPattern($0).matches(request.rawPath) } ?? true)
    }
}

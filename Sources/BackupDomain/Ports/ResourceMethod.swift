/// What a call does with a resource.
package enum ResourceMethod: String, Sendable, Hashable {
    /// Reads it.
    case get = "GET"
    /// Makes it, or writes it anew.
    case put = "PUT"
    /// Changes what the body names.
    case patch = "PATCH"
    /// Asks it to do something.
    case post = "POST"
    /// Deletes it.
    case delete = "DELETE"
}

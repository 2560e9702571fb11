/// Which of the machine's identities a caller wants.
enum IdentitySelector: Sendable, Equatable {
    case unnamed
    case clientID(String)
    case resourceID(String)
    case objectID(String)
}

/// Where the listeners are reached; addresses have no slash at the end.
struct Endpoints: Sendable, Equatable {
    var resourceManager: String
    var authority: String
    var blob: String
    var blobHTTP: String
    var identity: String
    var admin: String
}

/// What a run needs done next; the shell does it and tells the run what came of it.
package enum RunStep: Sendable, Hashable {
    /// Read what lies in the instance, and file it: all that this run does.
    case takeInventory
    /// Look whether the name is free, before the POST.
    case checkName(String)
    /// Post the backup under this name; the intent has been written.
    case post(String)
    /// Look after a while whether the instance is still busy with something else.
    case awaitIdle(after: Duration)
    /// Ask the operation after a while.
    case poll(location: String, after: Duration)
    /// Look after a while at the instance and at the blob, for want of a readable operation.
    case look(String, after: Duration)
    /// Look after a while at the blob that Azure says is there.
    case prove(String, after: Duration)
    /// The limit for the operation has passed: tell the run so.
    case giveUp
    /// Nothing: the record is final.
    case finish
}

namespace DaprSocial.Ctl.Erasing;

/// <summary>An erase could not go on; the message says why. It can be repeated.</summary>
internal sealed class EraseException(string message, Exception? inner = null) : Exception(message, inner);

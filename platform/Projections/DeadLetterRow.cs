namespace DaprSocial.Projections;

/// <summary>A delivery that could not be decoded; of a long payload its beginning.</summary>
internal sealed record DeadLetterRow(long Id, string Topic, DateTime ReceiveTime, string Reason, byte[] Payload);

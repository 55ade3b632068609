USE [Bay]
GO
CREATE TABLE [dbo].[News](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Title] [nvarchar](200) NULL,
	[Body] [nvarchar](max) NULL,
	[Date] [datetime] NULL,
 CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC)
)
GO
SET IDENTITY_INSERT [dbo].[News] ON
INSERT [dbo].[News] ([Id], [Title], [Body], [Date]) VALUES (1, N'Ferry sinks', N'It was the ''Calf''.', CAST(N'2015-10-07T00:00:00.000' AS DateTime))
GO
INSERT [dbo].[News] ([Id], [Title], [Body], [Date]) VALUES (2, N'Ferry raised', N'At noon.', NULL)
GO

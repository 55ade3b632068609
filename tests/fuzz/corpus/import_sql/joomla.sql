-- phpMyAdmin SQL Dump
CREATE TABLE `jos_content` (`id` int, `title` text, `introtext` text, `fulltext` text, `state` int, `catid` int, `created` datetime, `created_by` int, `created_by_alias` text);
INSERT INTO `jos_content` (`id`, `title`, `introtext`, `fulltext`, `state`, `catid`, `created`, `created_by`, `created_by_alias`) VALUES
(1, 'Ferry sinks', '<p>It sank.</p>', '<p>Slowly.</p>', 1, 4, '2015-10-07 09:00:00', 9, '');
CREATE TABLE `jos_users` (`id` int, `name` text); INSERT INTO `jos_users` (`id`, `name`) VALUES (9, 'Nora Sable');
CREATE TABLE `jos_tags` (`id` int, `title` text); INSERT INTO `jos_tags` (`id`, `title`) VALUES (2, 'Ferries');
CREATE TABLE `jos_contentitem_tag_map` (`type_alias` text, `content_item_id` int, `tag_id` int);
INSERT INTO `jos_contentitem_tag_map` VALUES ('com_content.article', 1, 2), ('com_users.user', 1, 2);
CREATE TABLE `jos_categories` (`id` int, `title` text);
INSERT INTO `jos_categories` VALUES (4, 'Harbour'), (5, 'Sport');

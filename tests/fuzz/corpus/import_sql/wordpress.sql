-- MySQL dump 10.13  Distrib 8.0
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `bay_posts`;
CREATE TABLE `bay_posts` (
  `ID` bigint unsigned NOT NULL AUTO_INCREMENT,
  `post_author` bigint unsigned NOT NULL DEFAULT '0',
  `post_date` datetime NOT NULL,
  `post_content` longtext NOT NULL,
  `post_title` text NOT NULL,
  `post_status` varchar(20) NOT NULL DEFAULT 'publish',
  `post_type` varchar(20) NOT NULL DEFAULT 'post',
  PRIMARY KEY (`ID`),
  KEY `type_status` (`post_type`,`post_status`)
) ENGINE=InnoDB;
INSERT INTO `bay_posts` VALUES (1,7,'2015-10-07 09:00:00','The ferry\'s last trip; it (the \"Calf\") sank.\r\n\r\nNobody was hurt.','Ferry sinks','publish','post'),(2,7,'2015-10-08 09:00:00','Not yet.','Draft','draft','post'),
(3,8,'2015-10-09 09:00:00','It was raised; today.','Ferry raised','publish','post'),(4,8,'2015-10-09 09:00:00','','a.jpg','inherit','attachment');
CREATE TABLE `bay_comments` (`id` int, `title` text, `text` text);
INSERT INTO `bay_comments` VALUES (1,'No story','of the paper');
CREATE TABLE `bay_term_relationships` (`object_id` int, `term_taxonomy_id` int);
INSERT INTO `bay_term_relationships` VALUES (1,11),(1,12),(3,12),(1,13);
CREATE TABLE `bay_term_taxonomy` (`term_taxonomy_id` int, `term_id` int, `taxonomy` text);
INSERT INTO `bay_term_taxonomy` VALUES (11,21,'post_tag'),(12,22,'category'),(13,23,'nav_menu');
CREATE TABLE `bay_terms` (`term_id` int, `name` text);
INSERT INTO `bay_terms` VALUES (21,'Ferries'),(22,'Harbour'),(23,'Main menu');
CREATE TABLE `bay_users` (`ID` int, `user_login` text, `display_name` text);
INSERT INTO `bay_users` VALUES (7,'nsable','Nora Sable'),(8,'admin','Owen Pettifer');
